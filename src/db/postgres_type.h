/* Types by their number in every PostgreSQL (pg_type.dat). Only the postgres files include this. */
#ifndef WAYMARK_DB_POSTGRES_TYPE_H
#define WAYMARK_DB_POSTGRES_TYPE_H

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_BYTEA_ARRAY = 1001,
    OID_TEXT_ARRAY = 1009,
    OID_INT8_ARRAY = 1016,
    OID_VARCHAR = 1043,
    OID_UUID = 2950,
    OID_UUID_ARRAY = 2951,
};

#endif
