#include "action/contract_position.h"

#include "action/subject.h"
#include "store/contract_position.h"

static const struct shape subject_shape = SUBJECT_SHAPE(engagement_id);

static enum error show_contract_position(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    const struct subject *in = input;
    struct contract contract;
    bool found;
    enum error error = find_signed_contract(&call->store, in->id, &contract, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_NOT_FOUND, NULL,
                      "there is no such engagement, or its contract is not signed yet");
    return load_contract_position(&call->store, &contract, (struct id){0}, output, fault);
}

const struct operation show_contract_position_operation = {
    .name = "show_contract_position",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &contract_position_shape,
    .run = show_contract_position,
};
