"""A Slurm cluster of four nodes on this machine, for as long as standard input
stays open:

    slurm_cluster.py DIRECTORY

Writes DIRECTORY/slurm.conf and, when the nodes are idle, the line "ready".
The line "kill NODE" on standard input ends a node with all that runs on it, as
a power failure does; the answer is "killed".
"""

import ctypes
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

NODES = ["n0", "n1", "n2", "n3"]
PACKAGES = {"slurmctld": "slurmctld", "slurmd": "slurmd",
            "sbatch": "slurm-client"}
PATIENCE = 30  # seconds until the nodes must be idle
os.environ["PATH"] += ":/usr/sbin:/sbin"

CONFIGURATION = """\
ClusterName=tito
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/none
AuthInfo=cred_expire=5
CredType=cred/none
StateSaveLocation={root}/state
SlurmctldPidFile={root}/slurmctld.pid
SlurmctldLogFile={root}/slurmctld.log
SlurmdPidFile={root}/%n.pid
SlurmdLogFile={root}/%n.log
SlurmdSpoolDir={root}/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
MailProg=/bin/true
MpiDefault=none
JobRequeue=0
ReturnToService=2
SlurmdTimeout=3
InactiveLimit=0
KillWait=1
MinJobAge=10
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def write_configuration(root):
    host = socket.gethostname().split(".")[0]
    controller, *ports = free_ports(1 + len(NODES))
    text = CONFIGURATION.format(root=root, host=host, user=getpass.getuser(),
                                controller_port=controller)
    for node, port in zip(NODES, ports):
        text += (f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 "
                 f"Port={port} CPUs=1\n")
    text += f"PartitionName=all Nodes={','.join(NODES)} Default=YES State=UP\n"
    (root / "slurm.conf").write_text(text)


def die_with_parent():
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def start(root, name, argv):
    """In a process name space: with its first process, all of it ends."""
    apart = ["unshare", "--fork", "--pid", "--mount-proc", "--kill-child"]
    if os.geteuid() != 0:
        apart += ["--user", "--map-current-user"]
    with open(root / f"{name}.out", "wb") as log:
        return subprocess.Popen([*apart, *argv], stdin=subprocess.DEVNULL,
                                stdout=log, stderr=log,
                                preexec_fn=die_with_parent)


def start_all(root):
    daemons = {}
    daemons["controller"] = start(root, "controller", ["slurmctld", "-D", "-c"])
    for node in NODES:
        (root / node).mkdir()
        daemons[node] = start(root, node, ["slurmd", "-D", "-N", node])
    return daemons


def idle_nodes():
    result = subprocess.run(["sinfo", "-h", "-N", "-o", "%T"],
                            capture_output=True, text=True)
    return result.stdout.split().count("idle")


def wait_until_idle(daemons):
    end = time.monotonic() + PATIENCE
    while idle_nodes() < len(NODES):
        dead = [name for name in daemons if daemons[name].poll() is not None]
        if dead or time.monotonic() > end:
            raise SystemExit(f"Slurm does not start: {dead or 'too slow'}")
        time.sleep(0.1)


def main():
    root = pathlib.Path(sys.argv[1])
    missing = {package for program, package in PACKAGES.items()
               if shutil.which(program) is None}
    if missing:
        raise SystemExit(f"install: {' '.join(sorted(missing))}")
    os.environ["SLURM_CONF"] = str(root / "slurm.conf")
    write_configuration(root)
    (root / "state").mkdir()
    daemons = start_all(root)
    try:
        wait_until_idle(daemons)
        print("ready", flush=True)
        for line in sys.stdin:
            daemon = daemons[line.split()[1]]
            daemon.kill()
            daemon.wait()
            print("killed", flush=True)
    finally:
        for daemon in daemons.values():
            daemon.kill()
        for daemon in daemons.values():
            daemon.wait()


main()
