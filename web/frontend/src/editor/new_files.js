// What a new file of a draft holds.
export const NAME = /^[a-z][a-z0-9_]*$/;

export const formOf = (id) => `${JSON.stringify({ type: 'default', id, schemaVersion: 18, components: [] }, null, 2)}\n`;

export const diagramOf = (process) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:onecase="urn:onecase:bpmn:1" id="definitions" targetNamespace="urn:onecase:${process}">
  <bpmn:collaboration id="collaboration">
    <bpmn:participant id="participant" name="${process}" processRef="${process}" />
  </bpmn:collaboration>
  <bpmn:process id="${process}" name="${process}" isExecutable="true">
    <bpmn:laneSet id="lanes">
      <bpmn:lane id="lane_1">
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">
      <bpmndi:BPMNShape id="participant_di" bpmnElement="participant" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="900" height="180" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="lane_1_di" bpmnElement="lane_1" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="870" height="180" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="start_di" bpmnElement="start">
        <dc:Bounds x="242" y="152" width="36" height="36" />
      </bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
