/** How messages travel. Nothing here knows what a message says. */
package org.mpotr.chat.transport;
