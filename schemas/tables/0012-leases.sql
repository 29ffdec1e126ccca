-- Leases of jobs that one process at a time does. Each is a table of its own, made by the first process that asks for it;
-- its name has the term (services/platform/store/lease.ts).
CREATE DATABASE IF NOT EXISTS leases;
