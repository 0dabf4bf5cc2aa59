// SPDX-License-Identifier: Apache-2.0
#include "ami_update_status.hpp"
#include "cli/run.hpp"

int main(int argc, char** argv) {
  return patchbot::cli::run<patchbot::AmiUpdateStatus>(argc, argv);
}
