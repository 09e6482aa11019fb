/** Membership: proposals, gathering, join policies, vanished members (PROTOCOL.md, section 9). */
package org.mpotr.session.membership;
