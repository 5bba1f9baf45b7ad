/* Serves the files below tests/web/site, for test_web.py; prints where it listens, and ends with
 * SIGTERM. */
#include <signal.h>
#include <stdio.h>

#include "base/must.h"
#include "http/server.h"
#include "site.h"

static void handle(void *context, struct http_exchange *const *exchanges, size_t count)
{
    const struct fault fault = {.code = ERROR_NOT_FOUND, .detail = "no file"};
    (void)context;
    for (size_t i = 0; i < count; i++) {
        if (!web_answer(&site_files, exchanges[i]))
            http_answer_fault(exchanges[i], &fault);
    }
}

int main(void)
{
    const struct log log = {.descriptor = 2, .least = LOG_WARNING};
    const struct http_server_config config = {
        .listen = "127.0.0.1:0",
        .handle = handle,
        .log = &log,
    };
    struct http_server *server;
    struct fault fault;
    sigset_t signals;
    int received;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    must(http_server_start(&config, &server, &fault) == OK);
    printf("%s\n", http_server_address(server));
    fflush(stdout);
    sigwait(&signals, &received);
    http_server_stop(server, 1000);
    http_server_free(server);
    return 0;
}
