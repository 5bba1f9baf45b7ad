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

/* It tells what happens itself: the log keeps to what goes wrong, unless it was asked for more. */
enum error command_run(struct command_call *call, struct fault *fault)
{
    struct server *server;
    struct config config = *call->config;
    enum error error = command_arguments(call, 0, 0, fault);
    if (strcmp(config.log_level, config_setting_initial("log_level")) == 0)
        config.log_level = "warning";
    if (!error)
        error = server_start(&config, &server, fault);
    if (error)
        return error;
    error = sample_play(server, fault);
    if (!error)
        server_wait(server);
    server_stop(server);
    return error;
}
