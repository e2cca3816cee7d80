-- As docs/configuration.md says, once, when the data folder is made. Passwords come from the environment.
\getenv owner INVOICES_OWNER_PASSWORD
\getenv service INVOICES_SERVICE_PASSWORD
CREATE ROLE invoices_owner LOGIN PASSWORD :'owner';
CREATE ROLE invoices_app NOLOGIN NOBYPASSRLS;
CREATE ROLE invoices_worker NOLOGIN NOBYPASSRLS;
CREATE ROLE invoices_service LOGIN PASSWORD :'service' NOINHERIT NOBYPASSRLS
    IN ROLE invoices_app, invoices_worker;
CREATE DATABASE invoices OWNER invoices_owner ENCODING 'UTF8' TEMPLATE template0;
