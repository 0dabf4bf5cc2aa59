// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// The reports that the Trivy operator keeps in a Kubernetes cluster as resources of
// aquasecurity.github.io/v1alpha1 (aquasecurity/trivy-operator, pkg/apis).

namespace patchbot {

extern const RecordFormat trivy_operator;  ///< one report, or lists of them as kubectl writes them

}  // namespace patchbot
