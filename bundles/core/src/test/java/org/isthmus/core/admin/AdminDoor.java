package org.isthmus.core.admin;

import org.isthmus.api.L2tpAdmin;
import org.isthmus.core.engine.Engine;
import org.isthmus.core.users.LocalUsers;

/** Gives the simulator the admin service that the component registers in the appliance. */
public final class AdminDoor {
    private AdminDoor() {
    }

    public static L2tpAdmin of(Engine engine, LocalUsers users) {
        return new Admin(engine, users, "1.0.0.test");
    }
}
