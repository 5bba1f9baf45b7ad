export { ContractTab as default } from './contract';
