/** An application that knows nothing of us. */
@NullMarked
package com.example.depot;

import org.jspecify.annotations.NullMarked;
