// Any exception as the addon's own.
#ifndef STILLFRAME_CORE_ERROR_IN_FLIGHT_H_
#define STILLFRAME_CORE_ERROR_IN_FLIGHT_H_

#include "core/error.h"

namespace stillframe::core {

// The exception being handled; call inside a catch block only. Foreign ones become `ENOMEM` or `INTERNAL`.
Error ErrorInFlight();

// What everything under way ends with after a cancel.
Error CancelledError();

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ERROR_IN_FLIGHT_H_
