/** The commands of the chat program: demo, relay and join. */
package org.mpotr.chat;
