/**
 * One member of a conversation: its identity, its way through the set-up by the services of the
 * provider "mpOTR", and what it says and hears under the key.
 */
package org.mpotr.chat.member;
