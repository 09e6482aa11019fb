/** What a person sees of a room, and how it is told what to do: in a terminal, or line by line. */
package org.mpotr.chat.terminal;
