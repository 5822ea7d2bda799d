/** An application that knows nothing of us. */
@NullMarked
package com.example.club;

import org.jspecify.annotations.NullMarked;
