// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/record_report.hpp"

// Trivy's JSON (aquasecurity/trivy pkg/types, v0.74).

namespace patchbot {

extern const RecordFormat trivy;          ///< of an image, a machine or a file tree, schema 2
extern const RecordFormat trivy_list;     ///< the same before there were schema versions
extern const RecordFormat trivy_cluster;  ///< of a Kubernetes cluster

}  // namespace patchbot
