"""What Lambda's event source mappings and EventBridge Scheduler do, in one process and in one thread.

queue or shard ──▶ batch ──▶ handler ──▶ what failed comes back, what came back too often is a dead letter
"""

from dropcap_local.pump.calls import Calls, Crash, Refused
from dropcap_local.pump.pump import Pump, Restless

__all__ = ["Calls", "Crash", "Pump", "Refused", "Restless"]
