#include <string.h>

#include "main/commands.h"
#include "main/sample.h"
#include "main/serve.h"

enum error command_serve(struct command_call *call, struct fault *fault)
{
    struct server *server;
    enum error error = command_arguments(call, 0, 0, fault);
    if (!error)
        error = server_start(call->config, &server, fault);
    if (error)
        return error;
    server_wait(server);
    server_stop(server);
    return OK;
}

/* The sample is played through plain HTTP, like the commands that are printed. */
static enum error check_listens_plainly(const struct config *config, struct fault *fault)
{
    if (strncmp(config->listen, "unix:", 5) == 0)
        return refuse(fault, ERROR_INVALID, "listen", "the sample is played over HOST:PORT");
    if (*config->tls_certificate)
        return refuse(fault, ERROR_INVALID, "tls_certificate", "the sample is played without TLS");
    return OK;
}

enum error command_run(struct command_call *call, struct fault *fault)
{
    struct server *server;
    enum error error = command_arguments(call, 0, 0, fault);
    if (!error)
        error = check_listens_plainly(call->config, fault);
    if (!error)
        error = server_start(call->config, &server, fault);
    if (error)
        return error;
    error = sample_play(server, fault);
    if (!error)
        server_wait(server);
    server_stop(server);
    return error;
}
