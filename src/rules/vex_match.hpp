// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/vex.hpp"

namespace patchbot {

/// Whether a finding is about what a VEX statement is about. `maybe`: nothing speaks against it,
/// but the finding does not say enough. That is never enough to waive it, and enough not to.
enum class Fit : std::uint8_t { no, maybe, yes };

/// Whether somebody said that the products of a document run on the asset of the finding.
enum class Runs : std::uint8_t { unknown, here };

/// A package fits by its package URL (type, namespace, name and, if the statement gives them,
/// version and qualifiers), else by name and version. A product that is no package fits an asset of
/// its name, such as an image. A component fits where it is the package and its product is the
/// asset: what is harmless in one product may well be reachable in another.
Fit fit_of(const VexDocument& document,
           const VexSubject& subject,
           const Finding& finding,
           Runs runs);

/// Words of names. A finding shares one with every subject that may fit it, unless somebody said
/// that the products run on its asset: so that not every subject has to be looked at.
std::vector<std::string> match_words(const VexDocument& document, const VexSubject& subject);
std::vector<std::string> match_words(const Finding& finding);

/// Whether the subject is one version and not all of them.
bool names_version(const VexDocument& document, const VexSubject& subject);

/// Whether the subject may fit any finding at all.
bool is_recognisable(const VexDocument& document, const VexSubject& subject, Runs runs);

}  // namespace patchbot
