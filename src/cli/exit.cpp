// SPDX-License-Identifier: Apache-2.0
#include "cli/exit.hpp"

#include <algorithm>
#include <array>

namespace patchbot::cli {
namespace {

constexpr std::array<Exit, 7> worst_first{Exit::bug,
                                          Exit::usage,
                                          Exit::input,
                                          Exit::remote,
                                          Exit::gate_failed,
                                          Exit::gate_warned,
                                          Exit::clean};

}  // namespace

Exit worst(Exit a, Exit b) {
  return *std::find_if(
      worst_first.begin(), worst_first.end(), [a, b](Exit e) { return e == a || e == b; });
}

Exit exit_for(Blame blame) {
  switch (blame) {
    case Blame::usage: return Exit::usage;
    case Blame::input: return Exit::input;
    case Blame::remote: return Exit::remote;
  }
  return Exit::bug;
}

std::string exit_table() {
  return "Exit status:\n"
         "   0  clean\n"
         "   1  the gate failed\n"
         "   2  wrong usage or configuration\n"
         "   3  bad or incomplete input\n"
         "   4  a remote service failed\n"
         "   5  the gate warned\n"
         "  70  a bug in PatchBot\n"
         "When several apply, the first of 70, 2, 3, 4, 1, 5 wins.\n";
}

}  // namespace patchbot::cli
