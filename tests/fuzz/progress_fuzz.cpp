#include "fuzz/contract.hpp"
#include "system/progress.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto progress = fuzz::value_or_error<tito::ProgressFormatError>(
      "", [&] { return tito::parse_progress(text); });
  if (!progress) return 0;
  const std::string written = tito::to_json(*progress);
  const auto again = tito::parse_progress(written);
  fuzz::require(tito::to_json(again) == written,
                "what was written is read again");
  for (const auto& [number, module] : progress->modules) {
    fuzz::require(again.started(number), "no module is lost");
    fuzz::require(again.complete(number) == module.complete(),
                  "a module stays complete");
  }
  for (const auto& [key, milestone] : progress->milestones) {
    fuzz::require(again.milestones.at(key).metrics == milestone.metrics,
                  "metrics come back");
  }
  return 0;
}
