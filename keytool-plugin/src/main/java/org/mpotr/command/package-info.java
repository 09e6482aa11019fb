/**
 * {@code mpotr}, the command for what keytool does not know: identities and their fingerprints,
 * contacts and whether they were verified, backups, and a look at what may be wrong. {@link
 * org.mpotr.command.Mpotr} puts the commands together; each is a class of its own.
 */
package org.mpotr.command;
