/** The demonstration: a conversation from its first hello to a forgery of it, told step by step. */
package org.mpotr.chat.demo;
