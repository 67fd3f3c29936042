/** The users that stand in the secrets file. First to read: {@link org.isthmus.core.users.LocalUsers}. */
package org.isthmus.core.users;
