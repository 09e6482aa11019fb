/**
 * Keys of an epoch: what its members attested, who they are, and the keys they hold (PROTOCOL.md,
 * sections 4.1 and 5).
 */
package org.mpotr.epoch;
