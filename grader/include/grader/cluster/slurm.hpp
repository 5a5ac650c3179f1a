// Slurm, through its own commands.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace grader {

/// Slurm is not there, or refuses. The message holds Slurm's own words.
class SlurmError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An array of jobs, as sbatch names it.
struct SlurmJob {
  std::string id;
  std::string cluster;  ///< empty: the only one
};

/// What `sbatch --parsable` prints: "123" or "123;cluster" on a line of its
/// own, warnings of the site around it.
std::optional<SlurmJob> parse_submission(const std::string& output);

/// Whether `squeue --format="%T %r"` lists an element that will still run. One
/// that Slurm could not launch and now holds will not.
/// @throws SlurmError  if the text is something else
bool lists_work(const std::string& output);

/// "0,2,5" for sbatch's --array.
std::string array_text(const std::vector<std::size_t>& elements);

struct SlurmArray {
  std::vector<std::size_t> elements;
  std::string name;
  std::filesystem::path folder;           ///< where it runs and logs
  std::filesystem::path script;           ///< of a shell
  std::vector<std::string> arguments;     ///< of the script
  std::vector<std::string> site_options;  ///< --partition=debug, ...
};

/// Output goes to folder/log-<element>.txt. Elements of a node that fails are
/// run again elsewhere.
/// @throws SlurmError  after cancelling what may have been taken nevertheless
SlurmJob submit(const SlurmArray& array);

/// Whether an element is waiting or running.
/// @throws SlurmError  if the controller does not answer
bool is_queued(const SlurmJob& job);

/// Whether an array of that name waits or runs, or nobody can tell.
bool is_known(const std::string& name);

/// What has ended already is no error, nor is a Slurm that is gone.
void cancel(const SlurmJob& job);
void cancel_by_name(const std::string& name);

}  // namespace grader
