// SPDX-License-Identifier: Apache-2.0
#include "cfn_pr_checker.hpp"
#include "cli/run.hpp"

int main(int argc, char** argv) { return patchbot::cli::run<patchbot::CfnPrChecker>(argc, argv); }
