/**
 * Setting up an epoch (PROTOCOL.md, section 4): {@link org.mpotr.agreement.Setup} takes a member
 * through the four rounds, and the other types are what it takes and gives.
 */
package org.mpotr.agreement;
