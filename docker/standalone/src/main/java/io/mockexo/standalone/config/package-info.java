/** The configuration file, in YAML or JSON, and the errors that explain what is wrong in it. */
@NullMarked
package io.mockexo.standalone.config;

import org.jspecify.annotations.NullMarked;
