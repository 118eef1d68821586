"""Twenty-two diagrams of our own after the features of the BPMN interchange reference models (MIWG), in the hands of several tools.

They are not those models: no package of any registry we may use holds them. Each is called after the reference model whose features it
has; `tests.interchange.table` makes the table of docs/interchange.md from these, or from a folder with the true ones.
"""

from __future__ import annotations

from tests.factories.foreign import flows, foreign, lanes, steps

START, END = '<startEvent id="s" name="Start"/>', '<endEvent id="e" name="End"/>'


def event(kind: str, name: str, definition: str, *, title: str = "", more: str = "", inside: str = "") -> str:
    """An event with what it waits for or throws."""
    told = f' name="{title}"' if title else ""
    return f'<{kind} id="{name}"{told}{more}><{definition}EventDefinition id="{name}_d">{inside}</{definition}EventDefinition></{kind}>'


def edge(name: str, host: str, definition: str, *, title: str = "", cancel: bool = True, inside: str = "") -> str:
    """An event on the edge of an activity."""
    return event(
        "boundaryEvent",
        name,
        definition,
        title=title,
        more=f' attachedToRef="{host}" cancelActivity="{str(cancel).lower()}"',
        inside=inside,
    )


def link(kind: str, name: str) -> str:
    """One end of a link called L."""
    return f'<{kind} id="{name}" name="Link"><linkEventDefinition id="{name}_d" name="L"/></{kind}>'


LINEAR = foreign(
    {"A_1": START + steps(t1="task Task 1", t2="task Task 2", t3="task Task 3") + END + flows("s t1 t2 t3 e")},
    prefix="semantic",
    picture=True,
)

UNMARKED = foreign(
    {"A_2": START + steps(t1="task Task 1", g="exclusiveGateway Gateway (Split Flow)", t2="task Task 2", t3="task Task 3", t4="task Task 4", m="exclusiveGateway Merge") + END
     + flows("s t1 g t2 m", "g t3 m", "g t4 e", "m e")}, prefix="model", picture=True,
)  # fmt: skip

ACTIVITY_DEFAULTS = foreign(
    {"A_2_1": START + '<task id="t1" name="Task 1"/><task id="t2" name="Task 2" default="f_t2_t3"/><task id="t3" name="Task 3"/><task id="t4" name="Task 4" default="f_t4_t3"/>'
     '<exclusiveGateway id="g" name="Gateway&#xD;&#xA;(Split Flow)" gatewayDirection="Unspecified" default="f_g_t2"/><exclusiveGateway id="m" name="Merge"/>' + END
     + flows("s t1 g", "g t2 # Default", "g t3 | # ", "g t4", "t2 e | true # Condition", "t2 t3", "t4 m | true # condition", "t4 t3", "t3 m e")}, prefix="model",
)  # fmt: skip

EDGES = foreign(
    {"A_3": START + steps(t1="task Task 1", t2="task Task 2", t3="task Task 3", t4="task Task 4") + '<subProcess id="c" name="Collapsed Sub-Process"/>'
     + edge("b1", "t1", "timer", title="Boundary timer", cancel=False, inside="<timeDuration>PT1H</timeDuration>") + edge("b2", "c", "message", title="Boundary message")
     + edge("b3", "c", "escalation", title="Boundary escalation", cancel=False) + END
     + flows("s t1 c t2 e", "b1 t3", "b2 t4 e", "b3 t5") + steps(t5="userTask Task 5")}, prefix="semantic", picture=True,
)  # fmt: skip

POOL_OF_LANES = (
    '<laneSet id="ls"><lane id="outer" name="Lane 1"><childLaneSet id="cls"><lane id="l1" name="Lane 1.1"><flowNodeRef>s</flowNodeRef><flowNodeRef> t1 </flowNodeRef></lane>'
    '<lane id="l2" name="Lane 1.2"><flowNodeRef>x</flowNodeRef></lane></childLaneSet></lane><lane id="l3" name="Lane 2"><flowNodeRef>t2</flowNodeRef><flowNodeRef>e</flowNodeRef></lane></laneSet>'
)
EXPANDED = (
    '<subProcess id="x" name="Expanded Sub-Process"><startEvent id="xs" name="Start"/><task id="x1" name="Task 4"/><endEvent id="xe" name="End"/>'
    + flows("xs x1 xe")
    + "</subProcess>"
)
TWO_POOLS = '<participant id="p1" name="Pool 1" processRef="A_4"/><participant id="p2" name="Pool 2"/><messageFlow id="mf" sourceRef="t1" targetRef="p2"/>'
NESTED_LANES = foreign(
    {"A_4": POOL_OF_LANES + START + steps(t1="task Task 1", t2="task Task 2") + EXPANDED + END + flows("s t1 x t2 e")},
    pools=TWO_POOLS,
    prefix="semantic",
)

DATA = '<dataObject id="do"/><dataObjectReference id="dor" name="Data Object" dataObjectRef="do"/><dataStoreReference id="dsr" name="Data Store" dataStoreRef="ds"/>'
ASSOCIATED = (
    '<task id="t1" name="Task 1"><ioSpecification id="io"><dataInput id="din"/><inputSet id="is"><dataInputRefs>din</dataInputRefs></inputSet><outputSet id="os"/></ioSpecification>'
    '<dataInputAssociation id="dia"><sourceRef>dor</sourceRef><targetRef>din</targetRef></dataInputAssociation></task>'
)
WITH_DATA = foreign(
    {"A_4_1": DATA + START + ASSOCIATED + steps(t2="task Task 2") + END + flows("s t1 t2 e")
     + '<textAnnotation id="note"><text>A note</text></textAnnotation><association id="as" sourceRef="t1" targetRef="note"/><association id="ad" sourceRef="t2" targetRef="dor"/>'
     '<group id="gr" categoryValueRef="cv"/>'},
    top='<dataStore id="ds" name="Store"/><category id="cat"><categoryValue id="cv" value="Group"/></category>', prefix="semantic",
)  # fmt: skip

DESCRIPTIVE_MAIN = (
    lanes(Lane_1="s split gw a b merge e1", Lane_2="u5 gw2 c x v m2 e2")
    + DATA + event("startEvent", "s", "message", title="Start Event&#10;Message")
    + steps(split="parallelGateway Parallel Gateway Divergence", gw="exclusiveGateway Exclusive Gateway Divergence 1", merge="exclusiveGateway Exclusive Gateway Convergence 1",
            gw2="exclusiveGateway Exclusive Gateway Divergence 2", m2="exclusiveGateway Exclusive Gateway Convergence 2", u5="userTask User Task 5", v="serviceTask Service Task 7")
    + '<callActivity id="a" name="Call Activity Calling a Global Task"/><callActivity id="b" name="Call Activity - Expanded" calledElement="Called"/>'
    '<callActivity id="b0" name="Call Activity Collapsed" calledElement="WFP-0-"/><subProcess id="c" name="Collapsed Sub-Process"/>' + EXPANDED
    + event("endEvent", "e1", "message", title="End Event Message") + event("endEvent", "e2", "terminate", title="End Event Terminate")
    + flows("s split gw b0 b merge e1", "gw a merge", "split u5 gw2 c x m2 e2", "gw2 v m2")
)  # fmt: skip
DESCRIPTIVE = foreign(
    {"Called": '<startEvent id="cs" name="Start Event None 1"/><task id="ct" name="Abstract Task 4"/><endEvent id="ce" name="End Event None 2"/>' + flows("cs ct ce"),
     "WFP-6-1": event("startEvent", "ts", "timer", title="Start Event Timer", inside="<timeDate/>") + steps(t1="task Abstract Task 1", t2="userTask User Task 2", t3="serviceTask Service Task 3", te="endEvent End")
     + flows("ts t1 t2 t3 te"), "WFP-6-2": DESCRIPTIVE_MAIN},
    pools='<participant id="p1" name="Participant 1" processRef="WFP-6-1"/><participant id="p2" name="Participant 2" processRef="WFP-6-2"/><messageFlow id="mf" sourceRef="t3" targetRef="s"/>',
    top='<dataStore id="ds" name="Data&#10;Store"/><message id="ms" name="Request"/>', prefix="semantic",
)  # fmt: skip

LOOPED = '<userTask id="lt" name="User Task 7 Standard Loop"><standardLoopCharacteristics id="lc" testBefore="false"/></userTask>'
ANALYTIC = foreign(
    {"B_2": event("startEvent", "s", "timer", title="Start Event 1 Timer", inside="<timeDate/>") + event("startEvent", "s2", "conditional", title="Start Event 4 Conditional", inside="<condition/>")
     + steps(t1="task Abstract Task 1", t2="sendTask Send Task 2", t3="userTask User Task 3", v="serviceTask Service Task 4", g="inclusiveGateway Inclusive Gateway 1", j="inclusiveGateway Inclusive Gateway 2",
             ev="eventBasedGateway Event-Based Gateway 3", r="receiveTask Receive Task 19", after="task Task 20", again="exclusiveGateway Merge")
     + event("intermediateThrowEvent", "thrown", "signal", title="Intermediate Event Signal Throw 1")
     + '<callActivity id="global" name="Call Activity calling a Global User Task" calledElement="gut"/>'
     + '<subProcess id="x" name="Expanded Sub-Process 1"><startEvent id="xs" name="Start Event 2"/>' + LOOPED + '<endEvent id="xe" name="End Event 2"/>' + flows("xs lt xe") + "</subProcess>"
     + '<userTask id="mi" name="User Task 12 Multi-Inst. Seq."><multiInstanceLoopCharacteristics isSequential="true"/></userTask>'
     + edge("be", "x", "escalation", cancel=False) + event("intermediateCatchEvent", "signal", "signal", title="Catch signal")
     + event("intermediateCatchEvent", "clock", "timer", title="Catch timer", inside="<timeDuration>P1D</timeDuration>")
     + link("intermediateThrowEvent", "from")
     + link("intermediateCatchEvent", "to")
     + event("endEvent", "e", "signal", title="End Event 3 Signal") + event("endEvent", "e2", "escalation", title="End escalation")
     + flows("s t1 t2 t3 g", "s2 t1", "g v thrown j", "g global x j", "j mi ev", "ev signal again", "ev clock again", "ev r again", "again from", "to after e", "be e2")},
    top='<globalUserTask id="gut" name="Global User Task"/><signal id="sig" name="Alarm"/>', prefix="semantic",
)  # fmt: skip

INVOICE = foreign(
    {"invoice": lanes(Team_Assistant="s assign", Approver="approve g", Accountant="bank archive e", Team="review g2 e2")
     + '<startEvent id="s" name="Invoice received" camunda:formKey="embedded:app:forms/start-form.html"/>'
     '<userTask id="assign" name="Assign Approver" camunda:formKey="embedded:app:forms/assign-approver.html" camunda:candidateGroups="accounting"/>'
     '<userTask id="approve" name="Approve Invoice" camunda:assignee="${approver}" camunda:formKey="embedded:app:forms/approve-invoice.html" camunda:dueDate="${dateTime().plusWeeks(1)}">'
     '<extensionElements><camunda:taskListener event="create" class="x"/></extensionElements></userTask><exclusiveGateway id="g" name="Invoice approved?"/>'
     '<userTask id="review" name="Review Invoice" camunda:formKey="embedded:app:forms/review-invoice.html"/><exclusiveGateway id="g2" name="Review successful?"/>'
     '<userTask id="bank" name="Prepare Bank Transfer"/><serviceTask id="archive" name="Archive Invoice" camunda:class="org.example.ArchiveService"/>'
     '<endEvent id="e" name="Invoice processed"/><endEvent id="e2" name="Invoice not processed"/>'
     + flows("s assign approve g", "g bank archive e | ${approved} # yes", "g review | ${!approved} # no", "review g2", "g2 approve | ${clarified == 'yes'} # yes", "g2 e2 | ${clarified == 'no'} # no")},
    executable=True, pools='<participant id="p" name="Process Engine - Invoice Receipt" processRef="invoice"/><participant id="scan" name="Scanning"/>',
)  # fmt: skip

INVOICE_GERMAN = foreign(
    {"Rechnungseingang": START + '<userTask id="zuordnen" name="Freigebenden zuordnen"/><userTask id="freigeben" name="Rechnung freigeben"/><exclusiveGateway id="g" name="Freigegeben?"/>'
     '<userTask id="klaeren" name="Rechnung klären"/><exclusiveGateway id="g2" name="Geklärt?"/><userTask id="bank" name="Überweisung vorbereiten"/>'
     '<serviceTask id="archivieren" name="Rechnung archivieren"/>' + END + '<endEvent id="e2" name="Nicht bearbeitet"/>'
     + flows("s zuordnen freigeben g", "g bank archivieren e # ja", "g klaeren g2 # nein", "g2 freigeben # ja", "g2 e2 # nein")},
    prefix="bpmn2", picture=True,
)  # fmt: skip

ORDERING = foreign(
    {"customer": '<startEvent id="cs" name="Goods needed"/><task id="c1" name="Order"/><intermediateCatchEvent id="cw" name="Goods arrive"><messageEventDefinition id="cwd"/></intermediateCatchEvent><endEvent id="ce" name="Done"/>'
     + flows("cs c1 cw ce"),
     "supplier": lanes(Sales="ss check g refuse e1", Store="split pack ship join e2 book") + event("startEvent", "ss", "message", title="Order received")
     + steps(check="userTask Check the order", g="exclusiveGateway Can it be shipped?", refuse="sendTask Refuse the order", pack="userTask Pack", book="userTask Book a carrier", ship="manualTask Load the truck",
             e1="endEvent Refused", e2="endEvent Shipped", split="parallelGateway Both", join="parallelGateway Both done")
     + flows("ss check g", "g refuse e1 # no", "g split pack join # yes", "split book join ship e2")},
    pools='<participant id="p1" name="Customer" processRef="customer"/><participant id="p2" name="Supplier" processRef="supplier"/><messageFlow id="m1" sourceRef="c1" targetRef="ss"/><messageFlow id="m2" sourceRef="ship" targetRef="cw"/>',
    prefix="bpmn",
)  # fmt: skip

REPAIR = foreign(
    {"C_3": START + '<userTask id="analyse" name="Analyse the request"/><exclusiveGateway id="g" name="Which level?" default="f_g_second"/>'
     + steps(first="userTask Repair at the first level", second="userTask Repair at the second level", m="exclusiveGateway", ask="userTask Ask the customer")
     + edge("late", "second", "timer", title="After two days", inside='<timeDuration xsi:type="tFormalExpression">P2D</timeDuration>') + edge("more", "first", "message", title="Customer calls", cancel=False) + END
     + flows("s analyse g", "g first m | ${level == 1} # first", "g second m # second", "m e", "late ask e", "more call") + steps(call="userTask Answer the call")},
    executable=True, prefix="bpmn2", picture=True,
)  # fmt: skip

JOINING = foreign(
    {"hr": lanes(HR="s reg both e", Department="prep", IT="laptop account m2")
     + START + steps(reg="userTask Register the employee", both="parallelGateway", prep="userTask Prepare the desk", laptop="userTask Order a laptop", account="scriptTask Create accounts", m2="parallelGateway")
     + END + flows("s reg both prep m2 e", "both laptop account m2"),
     "payroll": event("startEvent", "ps", "message", title="New employee") + steps(pt="userTask Enter the bank account", pe="endEvent Entered") + flows("ps pt pe")},
    pools='<participant id="p1" name="Company" processRef="hr"/><participant id="p2" name="Payroll" processRef="payroll"/><participant id="p3" name="New employee"/><messageFlow id="m1" sourceRef="reg" targetRef="ps"/>', prefix="semantic",
)  # fmt: skip

CREDIT = foreign(
    {"C_5": lanes(Advisor="s check docs g ask", Head="decide g2 e e2", Risk="risk")
     + START + steps(check="userTask Check the application", docs="userTask Check the documents", g="exclusiveGateway Documents complete?", ask="userTask Ask for documents", risk="businessRuleTask Assess the risk",
                     decide="userTask Decide", g2="exclusiveGateway Granted?", e2="endEvent Refused") + END
     + flows("s check docs g", "g ask docs # no", "g risk decide g2 # yes", "g2 e # yes", "g2 e2 # no")},
    pools='<participant id="p" name="Bank" processRef="C_5"/>', prefix="semantic", picture=True,
)  # fmt: skip

TRAVEL = foreign(
    {"C_6": START + '<transaction id="book" name="Make Booking"><startEvent id="bs" name="Begin"/><parallelGateway id="bp" name="Both"/><serviceTask id="flight" name="Book Flight"/><serviceTask id="hotel" name="Book Hotel"/>'
     '<parallelGateway id="bj" name="Booked"/><endEvent id="bk" name="Booked"/><serviceTask id="unflight" name="Cancel Flight" isForCompensation="true"/>'
     + edge("cf", "flight", "compensate", title="Cancel flight") + flows("bs bp flight bj bk", "bp hotel bj") + '<association id="ca" sourceRef="cf" targetRef="unflight" associationDirection="One"/></transaction>'
     + edge("cancelled", "book", "cancel", title="Booking cancelled") + edge("failed", "book", "error", title="Booking failed")
     + steps(pay="userTask Charge the card", tell="userTask Tell the customer", m="exclusiveGateway") + event("intermediateThrowEvent", "undo", "compensate", title="Undo") + END
     + flows("s book pay e", "cancelled m tell e", "failed undo m")}, prefix="bpmn", executable=True,
)  # fmt: skip

VACANCY = foreign(
    {"C_7": lanes(Hiring_manager="s write check g", Recruitment="complete publish post e")
     + '<startEvent id="s" name="Vacancy"/>'
     + steps(write="userTask Describe the vacancy", complete="userTask Complete the advertisement", check="userTask Check the advertisement", g="exclusiveGateway In order?", publish="userTask Publish on the homepage", post="userTask Post elsewhere")
     + END + flows("s write complete check g", "g complete # no", "g publish e # yes", "publish post e")}, prefix="semantic", picture=True,
)  # fmt: skip

VACATION = foreign(
    {"vacation": '<startEvent id="s" name="Request"/><serviceTask id="info" name="Get vacation information" camunda:type="external" camunda:topic="vacation-info"/>'
     '<businessRuleTask id="rule" name="Vacation Approval" camunda:decisionRef="vacation-approval" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="approval"/>'
     '<exclusiveGateway id="g" name="Approval" default="f_g_manual"/><userTask id="manual" name="Decide on the request" camunda:candidateUsers="boss"/>'
     '<sendTask id="yes" name="Send approval" camunda:type="external" camunda:topic="mail"/><sendTask id="no" name="Send refusal"/><exclusiveGateway id="m"/>' + END
     + flows("s info rule g", 'g yes m | ${approval == "Approved"} # Approved', 'g no m | ${approval == "Refused"} # Refused', "g manual m # Manual", "m e")},
    executable=True, pools='<participant id="p" name="Personnel" processRef="vacation"/><participant id="q" name="Employee"/><messageFlow id="mf" sourceRef="q" targetRef="s"/>',
)  # fmt: skip
VACATION_DETAILED = foreign(
    {"vacation_detail": START + '<subProcess id="x" name="Request vacation"><startEvent id="xs" name="Begin"/><userTask id="fill" name="Fill in"/><exclusiveGateway id="xg" name="Enough days?"/><endEvent id="xe" name="Asked"/>'
     '<endEvent id="xn" name="Not enough"><errorEventDefinition id="xnd" errorRef="none"/></endEvent>' + flows("xs fill xg", "xg xe # yes", "xg xn # no") + "</subProcess>"
     + edge("short", "x", "error", title="Not enough days") + steps(tell="userTask Tell the employee", grant="userTask Grant") + END + flows("s x grant e", "short tell e")},
    top='<error id="none" name="Not enough days" errorCode="1"/>', prefix="bpmn", executable=True,
)  # fmt: skip

ZEEBE_FORM = '{"type": "default", "components": [{"type": "text", "text": "Look"}, {"type": "checkbox", "key": "applicant.approved", "label": "Approved"}, {"type": "html", "content": "x"}, {"type": "button", "key": "b", "label": "Go"}]}'
INSURANCE = foreign(
    {"onboarding": '<extensionElements><zeebe:userTaskForm id="form_1">' + ZEEBE_FORM.replace('"', "&quot;") + "</zeebe:userTaskForm></extensionElements>"
     + START + '<serviceTask id="score" name="Get credit score"><extensionElements><zeebe:taskDefinition type="creditScore" retries="3"/></extensionElements></serviceTask>'
     '<businessRuleTask id="rule" name="Check automatically"><extensionElements><zeebe:calledDecision decisionId="riskCheck" resultVariable="risk"/></extensionElements></businessRuleTask>'
     '<exclusiveGateway id="g" name="Risk?" default="f_g_deliver"/><userTask id="decide" name="Decide"><extensionElements><zeebe:formDefinition formKey="camunda-forms:bpmn:form_1"/><zeebe:assignmentDefinition candidateGroups="clerks"/>'
     '<zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping></extensionElements></userTask><callActivity id="ask" name="Request documents"><extensionElements><zeebe:calledElement processId="requestDocument"/></extensionElements>'
     '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=documents" inputElement="document"/></extensionElements></multiInstanceLoopCharacteristics></callActivity>'
     '<userTask id="deliver" name="Deliver the policy"/><exclusiveGateway id="m"/>' + END
     + flows("s score rule g", 'g decide ask m | =risk = "yellow" # yellow', 'g e2 | =risk = "red" # red', "g deliver m # green", "m e")
     + '<endEvent id="e2" name="Refused"/>'}, executable=True, prefix="bpmn", picture=True,
)  # fmt: skip

REMINDED = foreign(
    {"requestDocument": START + '<sendTask id="ask" name="Request the document"><extensionElements><zeebe:taskDefinition type="mail"/></extensionElements></sendTask>'
     '<receiveTask id="wait" name="Document received" messageRef="doc"/>' + edge("remind", "wait", "timer", title="Daily", cancel=False, inside="<timeCycle>R3/P1D</timeCycle>")
     + '<sendTask id="again" name="Send a reminder"/><endEvent id="re" name="Reminded"/><endEvent id="e" name="Received"/>' + flows("s ask wait e", "remind again re")},
    top='<message id="doc" name="Document"/>', executable=True, prefix="bpmn2",
)  # fmt: skip

ASIDES = foreign(
    {"ManualCheck": START + '<userTask id="decide" name="Decide on application"/>' + edge("timeout", "decide", "timer", title="Timeout (7 days)", inside="<timeDuration>P7D</timeDuration>")
     + '<endEvent id="e" name="Decided"/>' + event("endEvent", "te", "error", title="Timeout") + flows("s decide e", "timeout te")
     + '<subProcess id="a1" name="Documents" triggeredByEvent="true"><startEvent id="as" name="Document requested" isInterrupting="false"><messageEventDefinition id="asd" messageRef="m1"/></startEvent>'
     '<userTask id="send" name="Send the document"/><endEvent id="ae" name="Sent"/>' + flows("as send ae") + "</subProcess>"
     '<subProcess id="a2" name="Fraud" triggeredByEvent="true"><startEvent id="fs" name="Fraud suspected" isInterrupting="true"><messageEventDefinition id="fsd" messageRef="m2"/></startEvent>'
     '<userTask id="fraud" name="Check for fraud"/><exclusiveGateway id="fg" name="Fraud detected?" default="f_fg_no"/><endEvent id="yes" name="Fraud"/><endEvent id="no" name="None"/>'
     + flows("fs fraud fg", "fg yes | =fraud # Yes", "fg no # No") + "</subProcess>"},
    top='<message id="m1" name="Document requested"/><message id="m2" name="Fraud suspected"/><error id="er" name="Timeout"/>', executable=True, prefix="bpmn2",
)  # fmt: skip

SPLIT_AT_ONCE = foreign(
    {"C_10": START + steps(a="userTask Prepare", b="userTask Inform the public", c="userTask Inform the press", d="userTask Inform the staff", m="exclusiveGateway", g="complexGateway Two of three", x="task Alone") + END
     + flows("s a b m e", "a c m", "g e", "a d g")}, prefix="semantic",
)  # fmt: skip

MODELS: dict[str, tuple[str, bytes]] = {
    "A.1.0": ("one road of untyped tasks", LINEAR),
    "A.2.0": ("gateways without conditions", UNMARKED),
    "A.2.1": ("conditional and default flows out of tasks", ACTIVITY_DEFAULTS),
    "A.3.0": ("events on the edges of tasks and of an empty subprocess, loose ends", EDGES),
    "A.4.0": ("pools, nested lanes, an expanded subprocess, a message flow", NESTED_LANES),
    "A.4.1": ("data objects and stores, a note, a group", WITH_DATA),
    "B.1.0": ("the descriptive class: three processes, calls, parallel and exclusive gateways, terminate", DESCRIPTIVE),
    "B.2.0": ("the analytic class: several starts, inclusive and event gateways, loops, links, signals", ANALYTIC),
    "C.1.0": ("invoice of Camunda 7: forms, listeners, JUEL conditions", INVOICE),
    "C.1.1": ("invoice with flows named only, in German", INVOICE_GERMAN),
    "C.2.0": ("ordering and shipping in two pools, parallel work in a lane", ORDERING),
    "C.3.0": ("repair with a timer and a message on the edge", REPAIR),
    "C.4.0": ("a new employee: parallel work over several lanes, two processes", JOINING),
    "C.5.0": ("credit: a rule task, a way back", CREDIT),
    "C.6.0": ("travel: a transaction with compensation, cancel and error", TRAVEL),
    "C.7.0": ("a vacancy: several flows out of a task", VACANCY),
    "C.8.0": ("vacation with a decision and external tasks", VACATION),
    "C.8.1": ("vacation with an error out of a subprocess", VACATION_DETAILED),
    "C.9.0": ("Camunda 8: embedded form, FEEL, a decision, branches over a list", INSURANCE),
    "C.9.1": ("Camunda 8: a receive task with a cyclic reminder", REMINDED),
    "C.9.2": ("Camunda 8: event subprocesses", ASIDES),
    "C.10.0": ("ways that part and never meet rightly, a complex gateway", SPLIT_AT_ONCE),
}
