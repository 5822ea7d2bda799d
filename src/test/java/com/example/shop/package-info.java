/** An application that knows nothing of us. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
