// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/patch_status.hpp"
#include "rules/patch_evidence.hpp"

namespace patchbot {

/// What the evidence means: one word for each stage, with what proves it and where to act. Nothing
/// is guessed: what was not seen is StageStatus::unknown, with the reason.
ServiceStatus judge_service(const ServiceEvidence& evidence, Time now);

/// The two halves of it.
Stage judge_bake(const ServiceEvidence& evidence, Time now);
Stage judge_environment(const ServiceEvidence& evidence,
                        const EnvironmentEvidence& environment,
                        Time now);

}  // namespace patchbot
