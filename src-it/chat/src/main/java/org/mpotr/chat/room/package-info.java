/**
 * One member in one channel: the session engine between a transport and whoever shows what happens.
 */
package org.mpotr.chat.room;
