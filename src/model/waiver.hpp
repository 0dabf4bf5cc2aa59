// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "model/vex.hpp"

namespace patchbot {

/// Which findings a waiver covers. Every non-empty list must match; each holds globs, one of which
/// must match.
struct WaiverMatch {
  std::vector<std::string> id;  ///< globs of the scanner's own id, or whole finding ids
  std::vector<std::string> cve;
  std::vector<std::string> check;
  std::vector<std::string> package;
  std::vector<std::string> asset;
  std::vector<std::string> team;
  std::vector<std::string> environment;
  std::vector<std::string> purl;  ///< with or without what follows the version
  std::vector<std::string> source;
  std::vector<std::string> kind;
  bool operator==(const WaiverMatch&) const = default;
};

/// Who accepts a risk, and until when.
struct Acceptance {
  std::string id;
  std::string owner;
  std::string reason;
  Date expires{};  ///< valid through this whole day, UTC
  std::string ticket;
  std::string approver;
  Position position;  ///< in the waivers file
};

/// An accepted risk: somebody's name, a reason and an end.
struct Waiver : Acceptance {
  WaiverMatch match;
};

/// What a VEX document says counts as accepted, because somebody here signs for it until a day.
struct VexWaiver : Acceptance {  // `reason` may be empty: the document gives reasons too
  std::string file;
  WaiverMatch match;                 ///< narrows the document down
  std::vector<std::string> runs_on;  ///< globs of assets that run the products of the document
  VexDocument document;
};

/// waivers.yaml and the documents that it names.
struct WaiverFile {
  std::vector<Waiver> waivers;
  std::vector<VexWaiver> vex;
  bool empty() const { return waivers.empty() && vex.empty(); }
};

}  // namespace patchbot
