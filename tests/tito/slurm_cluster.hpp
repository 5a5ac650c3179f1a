// A real Slurm cluster on this machine: see slurm_cluster.py.
#pragma once

#include <stdexcept>
#include <string>

#include "python_script.hpp"
#include "scratch.hpp"

/// Four idle nodes, n0 to n3, for as long as it lives.
class SlurmCluster {
 public:
  SlurmCluster() : script_("slurm_cluster.py", {scratch_.path()}) {
    expect("ready");
  }

  /// For the environment of Slurm's commands.
  std::string setting() const {
    return "SLURM_CONF=" + (scratch_.path() / "slurm.conf").string();
  }

  /// What the controller has to say.
  std::string log() const { return slurp(scratch_.path() / "slurmctld.log"); }

  /// A node goes, with all that runs on it, and does not come back.
  void kill(const std::string& node) const {
    script_.tell("kill " + node);
    expect("killed");
  }

 private:
  void expect(const std::string& word) const {
    const std::string answer = script_.answer();
    if (answer != word) throw std::runtime_error("slurm_cluster.py: " + answer);
  }

  Scratch scratch_;
  PythonScript script_;
};
