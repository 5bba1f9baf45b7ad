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

enum error command_run(struct command_call *call, struct fault *fault)
{
    struct server *server;
    enum error error = command_arguments(call, 0, 0, fault);
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
