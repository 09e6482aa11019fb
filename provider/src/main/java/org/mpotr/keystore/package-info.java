/** Where identities, contacts and pre-shared keys are kept. */
package org.mpotr.keystore;
