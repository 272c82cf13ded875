// A few lines of test framework: tests register themselves; a failed check throws.
#ifndef STILLFRAME_TEST_CORE_CHECK_H_
#define STILLFRAME_TEST_CORE_CHECK_H_

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace stillframe::test {

struct TestCase {
  const char* name;
  void (*body)();
};

inline std::vector<TestCase>& AllTests() {
  static std::vector<TestCase> tests;
  return tests;
}

struct Registration {
  Registration(const char* name, void (*body)()) { AllTests().push_back({name, body}); }
};

inline void Check(bool holds, const char* what, const char* file, int line) {
  if (holds) return;
  std::ostringstream text;
  text << file << ":" << line << ": " << what;
  throw std::runtime_error(text.str());
}

}  // namespace stillframe::test

#define TEST(name)                                                                \
  static void name();                                                             \
  static const ::stillframe::test::Registration registration_##name(#name, name); \
  static void name()
#define CHECK(condition) ::stillframe::test::Check(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

#endif  // STILLFRAME_TEST_CORE_CHECK_H_
