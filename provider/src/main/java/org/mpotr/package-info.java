/**
 * The security provider "mpOTR" and its services as the Java platform calls them: thin, with the
 * protocol itself in the packages below.
 */
package org.mpotr;
