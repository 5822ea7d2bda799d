/** A part of the workshop that asks for its history in Java. */
@NullMarked
package com.example.workshop.past;

import org.jspecify.annotations.NullMarked;
