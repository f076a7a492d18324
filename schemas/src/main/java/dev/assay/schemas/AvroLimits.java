package dev.assay.schemas;

/**
 * What Avro reads from system properties in class initialisers of its own, hence once, and before anybody here could say it
 * again: whoever touches Avro or a generated class first calls {@link #set} in a static initialiser, and so does the command
 * before anything else, since a command may make a key before it reads a record.
 */
public final class AvroLimits {
    private AvroLimits() {}

    /** Sets them, where nobody has. */
    public static void set() {
        // Avro allocates what a length prefix claims before it looks for the bytes, so a garbage record of twenty
        // bytes may ask for two gigabytes.
        setUnlessSet("org.apache.avro.limits.bytes.maxLength", "67108864");
        setUnlessSet("org.apache.avro.limits.string.maxLength", "8388608");
        setUnlessSet("org.apache.avro.limits.collectionItems.maxLength", "1000000");
        // Avro instantiates generated classes only of packages named here.
        setUnlessSet("org.apache.avro.SERIALIZABLE_PACKAGES", "dev.assay.schemas");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
