/** An application on Hibernate that knows nothing of us. */
@NullMarked
package com.example.workshop;

import org.jspecify.annotations.NullMarked;
