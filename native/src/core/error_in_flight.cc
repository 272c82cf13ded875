#include "core/error_in_flight.h"

#include <exception>
#include <new>

namespace stillframe::core {

Error ErrorInFlight() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error("ENOMEM", "out of memory");
  } catch (const std::exception& error) {
    return Error("INTERNAL", error.what());
  }
}

Error CancelledError() { return Error("CANCELLED", "the session was cancelled"); }

}  // namespace stillframe::core
