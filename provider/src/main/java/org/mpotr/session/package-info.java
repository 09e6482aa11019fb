/**
 * Sessions: the engine that takes a member from joining to leaving, without I/O, threads or a clock
 * of its own (PROTOCOL.md, sections 7 to 13), over the transport that section 13 asks for.
 */
package org.mpotr.session;
