// Are all bytes zero?
#ifndef STILLFRAME_CORE_ZERO_TEST_H_
#define STILLFRAME_CORE_ZERO_TEST_H_

#include "core/bytes.h"

namespace stillframe::core {

// Any alignment and length; stops soon after the first other byte.
bool IsZero(ConstBytes bytes);

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ZERO_TEST_H_
