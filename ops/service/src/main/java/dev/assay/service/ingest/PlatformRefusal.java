package dev.assay.service.ingest;

/** Why a platform's payload is on the dead-letter topic; two of the rejection reasons, by the same names. */
public enum PlatformRefusal {
    /** Not understood, or only in part; what was understood was taken. */
    PLATFORM_PAYLOAD,
    /** It takes back what nobody knows, by an id of the platform. */
    UNKNOWN_PLATFORM_ID
}
