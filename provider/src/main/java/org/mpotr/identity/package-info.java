/** Identity: long-term keys, fingerprints and nicknames (PROTOCOL.md, section 3). */
package org.mpotr.identity;
